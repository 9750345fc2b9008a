import { readdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { projectRoot } from '../simulator/project'

const folder = path.join(projectRoot, 'cloudfunctions')

/** The names of all cloud functions: the folders of cloudfunctions/. */
export function functionNames(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}

/**
 * Bundles a cloud function and all that it imports into one file; its configuration stays outside
 * and is read at run time.
 * @returns the source files that went in, for whoever watches them
 * @throws esbuild's BuildFailure, whose `errors` name file, line and column
 */
export async function bundleFunction(name: string, outfile: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [path.join(folder, name, 'src', 'index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node16',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    absWorkingDir: projectRoot,
  })
  return Object.keys(metafile.inputs)
    .filter((file) => !file.includes('node_modules'))
    .map((file) => path.join(projectRoot, file))
}
