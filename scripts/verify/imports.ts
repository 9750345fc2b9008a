import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { Check, Fault } from './check'
import { filesIn } from './files'

/** DevTools knows no `paths` and, without 构建 npm, no packages: the phone imports its own files. */
export const imports: Check = { name: 'imports of the mini program', run }

async function run(root: string): Promise<Fault[]> {
  const folder = path.join(root, 'miniprogram')
  const faults: Fault[] = []
  await build({
    entryPoints: filesIn(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(folder, file)),
    outdir: root,
    bundle: true,
    write: false,
    logLevel: 'silent',
    plugins: [lookAtImports(folder, faults)],
  }).catch(() => undefined) // syntax is for the compilers to say
  return faults
}

/** Notes what leaves the folder. Imports of types never come here: they vanish at build. */
function lookAtImports(folder: string, faults: Fault[]): Plugin {
  return {
    name: 'imports',
    setup(bundler) {
      bundler.onResolve({ filter: /.*/ }, ({ path: target, importer, resolveDir }) => {
        if (importer === '') return undefined
        const fromFolder = path.relative(folder, path.resolve(resolveDir, target))
        if (!target.startsWith('.') || fromFolder.startsWith('..')) {
          faults.push({
            file: `miniprogram/${path.relative(folder, importer).split(path.sep).join('/')}`,
            problem: `imports '${target}', which is not in miniprogram/`,
            remedy: 'import by a relative path inside miniprogram/ (types may come from typings/)',
          })
        }
        return { external: true }
      })
    },
  }
}
