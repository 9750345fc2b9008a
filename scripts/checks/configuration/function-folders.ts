import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { buildErrors } from '../../../project/build-errors'
import type { Diagnostic } from '../../../project/diagnostic'
import { functionEntry, functionNames } from '../../../project/functions'
import { buildEntry } from '../../build/build-function'
import { errorAt, okAt, warningAt } from '../check'
import { filesIn } from '../project-files'
import type { FunctionConfig } from './function-config'
import { sharedFiles, sharesConfiguration } from './shared-configuration'

/** A folder of cloudfunctions/, as DevTools would upload it now. */
export interface FunctionFolder {
  name: string
  /** whether index.js is what the sources build into; `broken` if they do not build */
  built: 'yes' | 'stale' | 'no' | 'broken'
  /** whether its configuration is its own, not a copy of pay's */
  ownsConfiguration: boolean
  /** files of pay's configuration whose copy here is missing or different */
  outdated: string[]
  /** files in its config folder that its configuration does not use */
  strays: string[]
}

export async function readFunctionFolders(
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<FunctionFolder[]> {
  const folder = path.join(root, 'cloudfunctions')
  const shared = sharedFiles(root, env)
  const source = path.join(folder, 'pay', 'config')
  return Promise.all(
    functionNames(folder).map(async (name) => {
      const config = path.join(folder, name, 'config')
      const isCopy = sharesConfiguration(root, name)
      const own = ['index.js', ...(isCopy ? [] : ['example.js'])]
      return {
        name,
        built: await builtState(root, name),
        ownsConfiguration: !isCopy,
        outdated: isCopy
          ? shared.filter((file) => !sameContent(path.join(source, file), path.join(config, file)))
          : [],
        strays: straysIn(config, isCopy || name === 'pay' ? [...own, ...shared] : own),
      }
    }),
  )
}

/**
 * Builds the function again, and compares the result with its index.js. Times of files would say
 * nothing: git writes sources without changing them.
 */
async function builtState(root: string, name: string): Promise<FunctionFolder['built']> {
  const cloudfunctionRoot = path.join(root, 'cloudfunctions')
  const index = path.join(cloudfunctionRoot, name, 'index.js')
  if (!existsSync(index)) return 'no'
  const folders = { root, cloudfunctionRoot }
  try {
    const { code } = await buildEntry(folders, name, functionEntry(folders, name))
    return readFileSync(index, 'utf8') === code ? 'yes' : 'stale'
  } catch (error) {
    buildErrors(error)
    return 'broken'
  }
}

/** Leaves out the files of operating systems (.DS_Store). */
function straysIn(config: string, known: string[]): string[] {
  if (!existsSync(config)) return []
  return filesIn(config).filter(
    (file) => !known.includes(file) && !path.posix.basename(file).startsWith('.'),
  )
}

function sameContent(file: string, other: string): boolean {
  return existsSync(other) && readFileSync(file).equals(readFileSync(other))
}

const BUILD = 'npm run build, then upload it again'

const NOT_BUILT = {
  no: ['is not built', BUILD],
  stale: ['is not what the present sources build into', BUILD],
  broken: ['cannot be built from the present sources', 'npm run build says why'],
} as const

/** Checks that every function is built from the present sources and has the present configuration. */
export function checkBuilds({ functions }: { functions: FunctionFolder[] }): Diagnostic[] {
  return functions.flatMap(({ name, built, outdated }) => {
    const where = `cloudfunctions/${name}`
    const problems: Diagnostic[] = outdated.map((file) =>
      errorAt(
        `${where}/config/${file}`,
        `is not the same as cloudfunctions/pay/config/${file}`,
        BUILD,
      ),
    )
    if (built !== 'yes') {
      const [problem, fix] = NOT_BUILT[built]
      problems.unshift(errorAt(`${where}/index.js`, problem, fix))
    }
    return problems.length > 0 ? problems : [okAt(where, 'is built from the present sources')]
  })
}

/** Files of keys, such as those that WeChat's 证书工具 writes beside apiclient_cert.p12. */
const SECRET = /\.(pem|key|p12|zip)$/i

/** Finds files that would be uploaded with a function's configuration and do not belong to it. */
export function checkStrays({
  functions,
  pay,
}: {
  functions: FunctionFolder[]
  pay: FunctionConfig<unknown>
}): Diagnostic[] {
  // If P12 is wrong, this file may be the certificate that it should name: only P12 is reported.
  const explainsP12 = (file: string) =>
    file.endsWith('.p12') && pay.problems.some(({ setting = 'P12' }) => setting === 'P12')
  return functions.flatMap(({ name, strays, ownsConfiguration }) =>
    strays
      .filter((file) => !explainsP12(file))
      .map((file) => {
        const where = `cloudfunctions/${name}/config/${file}`
        const fix = ownsConfiguration
          ? 'keep it elsewhere, outside the project'
          : 'npm run build deletes it'
        return SECRET.test(file)
          ? errorAt(where, 'would be uploaded with the function', fix)
          : warningAt(where, 'would be uploaded with the function, which does not read it', fix)
      }),
  )
}
