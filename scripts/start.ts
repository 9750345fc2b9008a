import { spawn } from 'node:child_process'
import path from 'node:path'
import type { BuildError } from '../project/build-errors'
import { readGoods } from '../project/goods'
import { openProject } from '../project/project'
import type { LogEntry } from '../simulator/backend'
import { startSimulator } from '../simulator/index'
import { clearDataFolder, DataFolderError } from '../simulator/kit/data-folder'
import { explain, readStartOptions } from './command-line/options'

/** `npm start`: the whole shop on this machine, until Ctrl-C. */
async function main(root: string): Promise<void> {
  const { port, fresh, open, data } = readStartOptions(process.argv.slice(2), root)
  const dataDir = path.resolve(data)
  if (fresh) clearDataFolder(dataDir)
  const project = openProject(root)
  // Seeds may be anything; the shop's goods must have names that WeChat Pay takes.
  readGoods(project.root)
  const simulator = await startSimulator({
    project,
    dataDir,
    port,
    onLog: print,
    onErrors: printErrors,
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close().then(() => process.exit(0)))
  }
  console.log(simulator.url)
  if (open) openBrowser(simulator.url)
}

function print({ at, source, name, text }: LogEntry): void {
  // The timer comes every minute: only what its function then says is news.
  if (/^timer \S+ done$/.test(text)) return
  console.log(`${new Date(at).toLocaleTimeString()}  ${source}  ${name}  ${text}`)
}

function printErrors(errors: readonly BuildError[]): void {
  for (const { file, line, column, text } of errors) {
    console.error(`${file}:${line}:${column}: ${text}`)
  }
}

/** Opens an address in each system's own way, without a shell. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', url]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', url]
  spawn(program!, args, { stdio: 'ignore' }).on('error', () => {
    console.error(`No browser could be opened: open ${url} yourself.`)
  })
}

/** Returns what to print of an error: one line for what a person can fix, else the whole error. */
function explainStart(error: unknown): unknown {
  if (error instanceof DataFolderError) return error.message
  const { code, port } = error as { code?: string; port?: number }
  if (port !== undefined && (code === 'EADDRINUSE' || code === 'EACCES')) {
    const why = code === 'EADDRINUSE' ? 'is in use' : 'is not allowed'
    const other = port < 65535 ? port + 1 : port - 1
    return `Port ${port} ${why}: choose another one with npm start -- --port ${other}`
  }
  return explain(error)
}

main(process.cwd()).catch((error: unknown) => {
  console.error(explainStart(error))
  process.exit(1)
})
