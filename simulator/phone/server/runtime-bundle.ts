import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { simulatorFolder } from '../../kit/own-sources'

/** The files that are the same for every mini program. */
export interface RuntimeFiles {
  html: string
  js: string
  css: string
}

const PHONE_FOLDER = path.join(simulatorFolder, 'phone')
const STYLE_SHEETS = [
  'phone.css',
  'theme.css',
  'bars.css',
  'screen.css',
  'built-ins.css',
  'toast.css',
  'dialogs.css',
  'sheets.css',
  'build-errors.css',
  'page-errors.css',
  'panel.css',
  'call-notices.css',
]

let files: Promise<RuntimeFiles> | undefined

/** Returns the phone's page, script and style. They are built once per process. */
export function runtimeFiles(): Promise<RuntimeFiles> {
  return (files ??= buildRuntime())
}

async function buildRuntime(): Promise<RuntimeFiles> {
  const frame = (name: string) => readFile(path.join(PHONE_FOLDER, 'frame', name), 'utf8')
  const bundle = build({
    entryPoints: [path.join(PHONE_FOLDER, 'runtime', 'index.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    minifySyntax: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
    tsconfigRaw: {},
  })
  const html = await frame('index.html')
  const css = (await Promise.all(STYLE_SHEETS.map(frame))).join('\n')
  return { html, css, js: (await bundle).outputFiles[0]!.text }
}
