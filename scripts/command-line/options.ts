import path from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { ProjectError } from '../../project/diagnostic'

/** A command cannot do its work. The message says why, and what to do instead. */
export class CommandError extends Error {}

/** Returns what to print of an error: only its message if it is meant for the developer. */
export const explain = (error: unknown): unknown =>
  error instanceof CommandError || error instanceof ProjectError ? error.message : error

/**
 * Parses the options of a command.
 * @param usage is added to the message of an error
 * @throws CommandError for an option that the command does not have
 */
export function parseOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    const why = error instanceof Error ? error.message.split('.')[0] : String(error)
    throw new CommandError(`${why}.${usage}`, { cause: error })
  }
}

/**
 * Checks that a command which has no options is given none.
 * @param command as a person writes it, such as `npm run doctor`
 * @throws CommandError
 */
export function takesNoOptions(command: string, args: string[]): void {
  if (args.length > 0) {
    throw new CommandError(`${command} takes no options, and was given ${args.join(' ')}.`)
  }
}

/** The options of `npm start`. */
export interface StartOptions {
  port: number
  fresh: boolean
  open: boolean
  /** the folder that keeps the state between starts */
  data: string
}

const START_USAGE = ' Use: npm start [-- --port N] [--fresh] [--open] [--data FOLDER]'

/**
 * Reads the options of `npm start`.
 * @param root the project's folder, which holds the data unless `--data` names another
 * @throws CommandError
 */
export function readStartOptions(args: string[], root: string): StartOptions {
  if (args.includes('--help')) throw new CommandError(START_USAGE.trim())
  const { port, ...rest } = parseOptions(
    args,
    {
      port: { type: 'string', default: '8080' },
      fresh: { type: 'boolean', default: false },
      open: { type: 'boolean', default: false },
      data: { type: 'string', default: path.join(root, '.simulator') },
    },
    START_USAGE,
  )
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new CommandError(`--port must be a number from 0 to 65535, not ${port}.${START_USAGE}`)
  }
  if (rest.data === '') throw new CommandError(`--data must name a folder.${START_USAGE}`)
  return { port: Number(port), ...rest }
}
