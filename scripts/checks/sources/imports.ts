import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { Problem } from '../../../project/diagnostic'
import { type Check, errorAt } from '../check'
import { filesIn } from '../project-files'

/**
 * Finds imports that lead out of miniprogram/: DevTools knows no `paths` and, without 构建 npm, no
 * packages.
 */
export const imports: Check = { name: 'imports of the mini program', run }

async function run(root: string): Promise<Problem[]> {
  const folder = path.join(root, 'miniprogram')
  const problems: Problem[] = []
  await build({
    entryPoints: filesIn(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(folder, file)),
    outdir: root,
    bundle: true,
    write: false,
    logLevel: 'silent',
    plugins: [importsPlugin(folder, problems)],
  }).catch(() => undefined) // the compilers report syntax errors
  return problems
}

/** Collects the imports that leave the folder. Type imports do not count: the build removes them. */
function importsPlugin(folder: string, problems: Problem[]): Plugin {
  return {
    name: 'imports',
    setup(bundler) {
      bundler.onResolve({ filter: /.*/ }, ({ path: target, importer, resolveDir }) => {
        if (importer === '') return undefined
        const fromFolder = path.relative(folder, path.resolve(resolveDir, target))
        if (!target.startsWith('.') || fromFolder.startsWith('..')) {
          const file = path.relative(folder, importer).split(path.sep).join('/')
          const problem = `imports '${target}', which is not in miniprogram/`
          const fix = 'import by a relative path inside miniprogram/ (types may come from typings/)'
          problems.push(errorAt(`miniprogram/${file}`, problem, fix))
        }
        return { external: true }
      })
    },
  }
}
