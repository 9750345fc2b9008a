import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { functionNames } from '../../project/functions'
import { sharedFiles, sharesConfiguration } from '../build/shared-configuration'
import { filesIn } from '../verify/files'
import { right, wrong, type Finding } from './finding'

/** A folder of cloudfunctions/, as DevTools would upload it now. */
export interface FunctionFolder {
  name: string
  /** whether index.js is there, and made after the sources were last written */
  built: 'yes' | 'stale' | 'no'
  /** whether its configuration is its own, not a copy of pay's */
  ownsConfiguration: boolean
  /** files of pay's configuration that the function should hold the same copy of, and does not */
  outdated: string[]
  /** files in its config folder that belong to no configuration */
  strangers: string[]
}

export function readFunctions(folder: string, env: NodeJS.ProcessEnv): FunctionFolder[] {
  const root = path.join(folder, 'cloudfunctions')
  const names = functionNames(root)
  // a function bundles sources of others, so the newest of all counts
  const changed = Math.max(...names.map((name) => lastChange(path.join(root, name, 'src'))))
  const shared = sharedFiles(folder, env)
  const source = path.join(root, 'pay', 'config')
  return names.map((name) => {
    const config = path.join(root, name, 'config')
    const isCopy = sharesConfiguration(folder, name)
    const own = ['index.js', ...(isCopy ? [] : ['example.js'])]
    return {
      name,
      built: builtState(path.join(root, name, 'index.js'), changed),
      ownsConfiguration: !isCopy,
      outdated: isCopy
        ? shared.filter((file) => !sameContent(path.join(source, file), path.join(config, file)))
        : [],
      strangers: strangersIn(config, isCopy || name === 'pay' ? [...own, ...shared] : own),
    }
  })
}

/** When a file of the folder was last written, in ms since 1970. */
function lastChange(folder: string): number {
  if (!existsSync(folder)) return 0
  return Math.max(...filesIn(folder).map((file) => statSync(path.join(folder, file)).mtimeMs))
}

function builtState(index: string, changed: number): FunctionFolder['built'] {
  if (!existsSync(index)) return 'no'
  return statSync(index).mtimeMs < changed ? 'stale' : 'yes'
}

/** Files of systems (.DS_Store) are left out. */
function strangersIn(config: string, known: string[]): string[] {
  if (!existsSync(config)) return []
  return filesIn(config).filter(
    (file) => !known.includes(file) && !path.posix.basename(file).startsWith('.'),
  )
}

function sameContent(file: string, other: string): boolean {
  return existsSync(other) && readFileSync(file).equals(readFileSync(other))
}

/** What DevTools uploads is what was built: it must be there, and made from what lies here now. */
export function checkFunctions({ functions }: { functions: FunctionFolder[] }): Finding[] {
  return functions.flatMap(({ name, built, outdated }) => {
    const place = `cloudfunctions/${name}`
    const findings: Finding[] = []
    if (built === 'no') findings.push(wrong(`${place}/index.js`, 'is not built', BUILD))
    if (built === 'stale') {
      findings.push(wrong(`${place}/index.js`, 'is older than the sources', BUILD))
    }
    for (const file of outdated) {
      const text = `is not the same as cloudfunctions/pay/config/${file}`
      findings.push(wrong(`${place}/config/${file}`, text, BUILD))
    }
    return findings.length > 0 ? findings : [right(place, 'is built from what lies here')]
  })
}

const BUILD = 'npm run build, then upload it again'
