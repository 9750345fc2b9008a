import { parseArgs } from 'node:util'

export interface StartOptions {
  port: number
  fresh: boolean
  open: boolean
}

/** The command line is wrong; the message says what and how to write it. */
export class UsageError extends Error {}

const USAGE = 'npm start [-- --port N] [--fresh] [--open]'

/**
 * Reads the command line of `npm start`.
 * @throws UsageError
 */
export function readOptions(args: string[]): StartOptions {
  const { port, fresh, open } = parse(args)
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new UsageError(`--port must be a number from 0 to 65535, not ${port}. Use: ${USAGE}`)
  }
  return { port: Number(port), fresh, open }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8080' },
        fresh: { type: 'boolean', default: false },
        open: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    const why = error instanceof Error ? error.message.split('.')[0] : String(error)
    throw new UsageError(`${why}. Use: ${USAGE}`, { cause: error })
  }
}
