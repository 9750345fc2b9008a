import { spawn, type ChildProcess } from 'node:child_process'

/** A running `npm start`. */
export interface Started {
  child: ChildProcess
  /** Returns everything printed so far. */
  output(): string
  /** the address, once it is printed */
  address: Promise<string>
  /** the exit code, once the process has ended */
  ended: Promise<number | null>
  /** Stops the process as Ctrl-C does. */
  stop(): Promise<number | null>
}

/** Runs `npm start` in the project's folder or a copy of it, at any free port. */
export function start(args: string[], folder = process.cwd()): Started {
  const child = spawn(
    process.execPath,
    ['scripts/run.cjs', 'scripts/start.ts', '--port', '0', ...args],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  const address = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      output += String(chunk)
      const line = /^http:\/\/127\.0\.0\.1:\d+$/m.exec(output)
      if (line) resolve(line[0])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const stop = () => {
    child.kill('SIGINT')
    return ended
  }
  return { child, output: () => output, address, ended, stop }
}
