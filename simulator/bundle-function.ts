import { readdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { projectRoot } from './project'

/**
 * The names of all cloud functions: the folders of cloudfunctions/.
 * @param root the project's folder, or that of a copy
 */
export function functionNames(root = projectRoot): string[] {
  return readdirSync(path.join(root, 'cloudfunctions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}

/**
 * Bundles a cloud function and all that it imports into one file; its configuration stays outside
 * and is read at run time.
 * @param root the project's folder, or that of a copy
 * @returns the source files that went in, for whoever watches them
 * @throws esbuild's BuildFailure, whose `errors` name file, line and column
 */
export async function bundleFunction(
  name: string,
  outfile: string,
  root = projectRoot,
): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [path.join(root, 'cloudfunctions', name, 'src', 'index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node16',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    absWorkingDir: root,
  })
  return Object.keys(metafile.inputs)
    .filter((file) => !file.includes('node_modules'))
    .map((file) => path.join(root, file))
}
