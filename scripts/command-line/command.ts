import { parseArgs } from 'node:util'
import { ProjectError } from '../../project/diagnostic'

/** A command cannot do its work. The message says why, and what to do instead. */
export class CommandError extends Error {}

/** Returns what to print of an error: only its message if it is meant for the developer. */
export const explain = (error: unknown): unknown =>
  error instanceof CommandError || error instanceof ProjectError ? error.message : error

/** An option of a command: a switch, or one with a value. */
export interface Option {
  /** what it does, for `--help` */
  help: string
  /** what its value is called, such as `PORT`; a switch has no value */
  value?: string
  /** its one-letter name */
  short?: string
}

/** How a command is used: its `--help`, its options and its errors derive from it. */
export interface Usage<Options extends Record<string, Option> = Record<string, Option>> {
  /** as a person types it, such as `npm run deploy` */
  command: string
  /** what it does, in sentences */
  purpose: string
  options: Options
  /** the arguments that are not options; such arguments are refused when it is absent */
  rest?: { name: string; help: string }
}

/** The options that were given: `false` and `undefined` for those that were not. */
export type Values<Options extends Record<string, Option>> = {
  [Name in keyof Options]: Options[Name] extends { value: string } ? string | undefined : boolean
}

/** What was given to a command. */
export interface Given<Options extends Record<string, Option>> {
  values: Values<Options>
  /** the arguments that are not options */
  rest: string[]
}

const HELP: Option = { help: 'show this text' }

/**
 * Runs a command: prints its usage for `--help`, else reads its options and does its work. The exit
 * code is 1 after an error, which is printed.
 */
export function runCommand<Options extends Record<string, Option>>(
  usage: Usage<Options>,
  work: (given: Given<Options>) => void | Promise<void>,
): void {
  const run = async () => {
    const args = process.argv.slice(2)
    if (asksForHelp(args)) return console.log(formatUsage(usage))
    return work(readArguments(usage, args, process.env))
  }
  run().catch((error: unknown) => {
    console.error(explain(error))
    process.exitCode = 1
  })
}

/** Returns whether `--help` is among the options; after `--` it is for another program. */
function asksForHelp(args: string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).includes('--help')
}

/** Formats the text of `--help`: how to call the command, what it does, and its options. */
export function formatUsage(usage: Usage): string {
  const rows = Object.entries({ ...usage.options, help: HELP }).map(([name, option]): Row => [
    labelOf(name, option),
    option.help,
  ])
  const { command, rest } = usage
  // npm passes only what follows --
  const separator = command.startsWith('npm ') ? ' --' : ''
  return [
    `Usage: ${command}${separator} [options]${rest ? ` [${rest.name}]` : ''}`,
    '',
    usage.purpose,
    '',
    ...aligned([...(rest ? [[rest.name, rest.help] as Row] : []), ...rows]),
  ].join('\n')
}

type Row = [label: string, help: string]

function aligned(rows: Row[]): string[] {
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, help]) => `  ${label.padEnd(width)}  ${help}`)
}

function labelOf(name: string, { short, value }: Option): string {
  const names = short === undefined ? `--${name}` : `-${short}, --${name}`
  return value === undefined ? names : `${names} ${value}`
}

/**
 * Reads the arguments of a command.
 * @throws CommandError for an argument that the command does not take; it names those that it takes
 */
export function readArguments<Options extends Record<string, Option>>(
  usage: Usage<Options>,
  args: string[],
  env: NodeJS.ProcessEnv,
): Given<Options> {
  const options = Object.fromEntries(
    Object.entries(usage.options).map(([name, { value, short }]) => {
      const type = value === undefined ? ('boolean' as const) : ('string' as const)
      return [name, { type, ...(short !== undefined && { short }) }]
    }),
  )
  const { values, positionals } = parse(usage, args, options)
  const given = Object.entries(usage.options).map(([name, { value }]) => [
    name,
    values[name] ?? (value === undefined ? npmTook(name, env) : undefined),
  ])
  return { values: Object.fromEntries(given) as Values<Options>, rest: positionals }
}

function parse(
  usage: Usage,
  args: string[],
  options: NonNullable<Parameters<typeof parseArgs>[0]>['options'] & object,
) {
  try {
    return parseArgs({ args, options, allowPositionals: usage.rest !== undefined })
  } catch (error) {
    // Only the first sentence: the others are about arguments that begin with a dash
    const [why = ''] = (error as Error).message.split(/\.(?:\s|$)/)
    throw usageError(usage, `${why}.`, error)
  }
}

/**
 * Returns whether npm has taken a switch itself, as in `npm run deploy --dry-run`, where the `--`
 * before it is missing. It counts: a dry run must never become a real one.
 */
function npmTook(name: string, env: NodeJS.ProcessEnv): boolean {
  return name === 'dry-run' && env['npm_config_dry_run'] === 'true'
}

/** Creates an error that also names the options of the command, in one line. */
export function usageError(usage: Usage, problem: string, cause?: unknown): CommandError {
  const labels = Object.entries(usage.options).map(([name, option]) => labelOf(name, option))
  const known = [...labels, '--help'].join(', ')
  return new CommandError(`${problem} The options of ${usage.command}: ${known}`, { cause })
}
