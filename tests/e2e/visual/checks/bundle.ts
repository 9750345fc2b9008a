import path from 'node:path'
import { build } from 'esbuild'

/** Bundles the checks as a script for a page. */
export async function bundleChecks(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'index.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    charset: 'utf8',
    tsconfigRaw: {},
  })
  return outputFiles[0]!.text
}
