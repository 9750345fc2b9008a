import path from 'node:path'
import { parseArgs } from 'node:util'

export interface StartOptions {
  port: number
  fresh: boolean
  open: boolean
  /** the folder that keeps the state between starts */
  data: string
}

/** The command line is wrong; the message says what and how to write it. */
export class UsageError extends Error {}

const USAGE = 'npm start [-- --port N] [--fresh] [--open] [--data FOLDER]'

/**
 * Reads the command line of `npm start`.
 * @throws UsageError
 */
export function readOptions(args: string[]): StartOptions {
  const { port, ...rest } = parse(args)
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new UsageError(`--port must be a number from 0 to 65535, not ${port}. Use: ${USAGE}`)
  }
  if (rest.data === '') throw new UsageError(`--data must name a folder. Use: ${USAGE}`)
  return { port: Number(port), ...rest }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8080' },
        fresh: { type: 'boolean', default: false },
        open: { type: 'boolean', default: false },
        data: { type: 'string', default: path.join(process.cwd(), '.simulator') },
      },
    }).values
  } catch (error) {
    const why = error instanceof Error ? error.message.split('.')[0] : String(error)
    throw new UsageError(`${why}. Use: ${USAGE}`, { cause: error })
  }
}

/**
 * For a command that has no options.
 * @param command as a person writes it, such as `npm run doctor`
 * @throws UsageError
 */
export function takesNoOptions(command: string, args: string[]): void {
  if (args.length > 0) {
    throw new UsageError(`${command} takes no options, and was given ${args.join(' ')}.`)
  }
}

/** What is printed of an error: of a wrong command line its message alone, of all else everything. */
export const explain = (error: unknown) => (error instanceof UsageError ? error.message : error)
