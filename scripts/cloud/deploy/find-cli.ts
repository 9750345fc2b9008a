import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** How to run a program without a shell. */
export interface Program {
  file: string
  args: string[]
}

/** The machine on which the CLI is searched; tests describe other machines. */
export interface Machine {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  exists(file: string): boolean
  read(file: string): string
}

const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  exists: existsSync,
  read: (file) => readFileSync(file, 'utf8'),
}

/**
 * Finds the program `tcb` of @cloudbase/cli on the PATH. On Windows `tcb.cmd` is a script for a
 * shell, so it finds the program that npm has put beside it.
 */
export function findCli(machine: Machine = thisMachine): Program | undefined {
  const { platform, env } = machine
  const { delimiter } = platform === 'win32' ? path.win32 : path.posix
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const find = platform === 'win32' ? besideScript : executable
  return folders.map((folder) => find(machine, folder)).find((program) => program !== undefined)
}

function executable(machine: Machine, folder: string): Program | undefined {
  const file = path.posix.join(folder, 'tcb')
  return machine.exists(file) ? { file, args: [] } : undefined
}

function besideScript(machine: Machine, folder: string): Program | undefined {
  const cli = path.win32.join(folder, 'node_modules', '@cloudbase', 'cli')
  const manifest = path.win32.join(cli, 'package.json')
  const script = path.win32.join(folder, 'tcb.cmd')
  if (!machine.exists(script) || !machine.exists(manifest)) return undefined
  const { bin } = JSON.parse(machine.read(manifest)) as { bin: { tcb: string } }
  return { file: process.execPath, args: [path.win32.join(cli, bin.tcb)] }
}
