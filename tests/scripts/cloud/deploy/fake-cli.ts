import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** How the fake fails at a function: as programs do, or as the real CLI may do. */
export type Failure = 'with exit code 1' | 'with exit code 0'

/** A program `tcb` in a folder of its own, as npm installs it, that only notes its arguments. */
export class FakeCli {
  /** for the PATH */
  readonly folder = mkdtempSync(path.join(tmpdir(), 'fake-cli-'))
  readonly #calls = path.join(this.folder, 'calls')

  /** @param fails the function that it fails to deploy */
  constructor(fails?: { at: string; how: Failure }) {
    const program = programOf(this.#calls, fails)
    const cli = path.join(this.folder, 'node_modules', '@cloudbase', 'cli')
    mkdirSync(path.join(cli, 'bin'), { recursive: true })
    writeFileSync(path.join(cli, 'package.json'), '{"bin": {"tcb": "bin/tcb"}}')
    writeFileSync(path.join(cli, 'bin', 'tcb'), program)
    writeFileSync(path.join(this.folder, 'tcb'), `#!${process.execPath}\n${program}`)
    chmodSync(path.join(this.folder, 'tcb'), 0o755)
    writeFileSync(path.join(this.folder, 'tcb.cmd'), 'a script for cmd.exe')
  }

  /** Returns the arguments of every call, in order. */
  calls(): string[][] {
    if (!existsSync(this.#calls)) return []
    const lines = readFileSync(this.#calls, 'utf8').trimEnd().split('\n')
    return lines.map((line) => JSON.parse(line))
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function programOf(calls: string, fails: { at: string; how: Failure } | undefined): string {
  const failure = {
    'with exit code 1': 'process.exit(1)',
    'with exit code 0': "console.log('✖ [' + args[2] + '] 函数部署失败'); process.exit(0)",
  }
  return `
    const args = process.argv.slice(2)
    require('fs').appendFileSync(${JSON.stringify(calls)}, JSON.stringify(args) + '\\n')
    if (args.includes(${JSON.stringify(fails?.at)})) { ${fails ? failure[fails.how] : ''} }
    console.log('✔ [' + args[2] + '] 云函数部署成功')
  `
}
