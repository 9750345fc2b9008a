import { spawn } from 'node:child_process'
import path from 'node:path'
import { startSimulator } from '../simulator/index'
import { clearDataFolder, DataFolderError } from '../simulator/kit/data-folder'
import type { BuildError } from '../project/build-errors'
import { ProjectError } from '../project/diagnostic'
import { readGoods } from '../project/goods'
import { openProject } from '../project/project'
import type { LogEntry } from '../simulator/backend'
import { readOptions, UsageError } from './options'

/** `npm start`: the whole shop on this machine, until Ctrl-C. */
async function main(): Promise<void> {
  const { port, fresh, open, data } = readOptions(process.argv.slice(2))
  const dataDir = path.resolve(data)
  if (fresh) clearDataFolder(dataDir)
  const project = openProject(process.cwd())
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

/** Each system's own way to open an address, without a shell. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', url]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', url]
  spawn(program!, args, { stdio: 'ignore' }).on('error', () => {
    console.error(`No browser could be opened: open ${url} yourself.`)
  })
}

/** One line for what a person can mend; everything else is a fault of ours and shows its stack. */
function explain(error: unknown): unknown {
  const isForDeveloper = [DataFolderError, ProjectError, UsageError].some(
    (kind) => error instanceof kind,
  )
  if (isForDeveloper) return (error as Error).message
  const { code, port } = error as { code?: string; port?: number }
  if (port !== undefined && (code === 'EADDRINUSE' || code === 'EACCES')) {
    const other = port < 65535 ? port + 1 : port - 1
    return `Port ${port} cannot be had: choose another one with npm start -- --port ${other}`
  }
  return error
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exit(1)
})
