import { spawn } from 'node:child_process'
import path from 'node:path'
import type { BuildError } from '../project/build-errors'
import { ProjectError } from '../project/diagnostic'
import { openProject } from '../project/project'
import type { LogEntry } from '../simulator/backend'
import { clearDataFolder, DataFolderError } from '../simulator/kit/data-folder'
import { findProblems } from './checks/check'
import { goods } from './checks/sources/goods'
import { CommandError, runCommand } from './command-line/command'
import { START, startOptions, type StartOptions } from './command-line/start-options'

/** `npm start`: the whole shop on this machine, until Ctrl-C. */
async function start(root: string, { port, fresh, open, data }: StartOptions): Promise<void> {
  console.log('Starting the shop: building its cloud functions and the mini program …')
  const dataDir = path.resolve(data)
  const project = openProject(root)
  // The simulator accepts any goods: those that `pay` would not sell are refused here, and on save
  const checkSeeds = () => findProblems([goods], root)
  const problems = await checkSeeds()
  if (problems.length > 0) throw new ProjectError(problems)
  if (fresh) clearDataFolder(dataDir)
  // Loading the simulator takes most of a second, in which the line above is already shown
  const { startSimulator } = await import('../simulator/index')
  const simulator = await startSimulator({
    project,
    dataDir,
    port,
    checkSeeds,
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
  // The timer runs every minute. Its function's own log line is enough.
  if (/^timer \S+ done$/.test(text)) return
  console.log(`${beijingTime(at)}  ${source}  ${name}  ${text}`)
}

/** Formats a time (ms) as Beijing time, 24 hours, with seconds. */
const beijingTime = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(11, 19)

function printErrors(errors: readonly BuildError[]): void {
  for (const { file, line, column, text } of errors) {
    console.error(`${file}:${line}:${column}: ${text}`)
  }
}

/** Opens an address with the system's own program, without a shell. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', url]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', url]
  spawn(program!, args, { stdio: 'ignore' }).on('error', () => {
    console.error(`No browser could be opened: open ${url} yourself.`)
  })
}

/** Rethrows an error that a person can fix as a CommandError, whose message is one line. */
function explainStart(error: unknown): never {
  if (error instanceof DataFolderError) throw new CommandError(error.message)
  const { code, port } = error as { code?: string; port?: number }
  if (port !== undefined && (code === 'EADDRINUSE' || code === 'EACCES')) {
    const why = code === 'EADDRINUSE' ? 'is in use' : 'is not allowed'
    const other = port < 65535 ? port + 1 : port - 1
    const advice = `choose another one with npm start -- --port ${other}`
    throw new CommandError(`Port ${port} ${why}: ${advice}`)
  }
  throw error
}

runCommand(START, ({ values }) => {
  const root = process.cwd()
  return start(root, startOptions(values, root)).catch(explainStart)
})
