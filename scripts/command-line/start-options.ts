import path from 'node:path'
import { usageError, type Values } from './command'

/** How `npm start` is used. */
export const START = {
  command: 'npm start',
  purpose:
    'Runs the whole shop on this machine until Ctrl-C: phone, cloud functions, database, WeChat Pay.',
  options: {
    port: { value: 'PORT', help: 'the port of the phone on 127.0.0.1, 0 for any (default: 8080)' },
    fresh: { help: 'delete all stored data first' },
    open: { help: 'open the phone in a browser' },
    data: { value: 'FOLDER', help: 'keeps the data between starts (default: .simulator)' },
  },
} as const

/** The options of `npm start`. */
export interface StartOptions {
  port: number
  fresh: boolean
  open: boolean
  /** the folder that keeps the state between starts */
  data: string
}

/**
 * Checks the options of `npm start`, and adds the defaults.
 * @param root the project's folder, which holds the data unless `--data` names another
 * @throws CommandError
 */
export function startOptions(values: Values<typeof START.options>, root: string): StartOptions {
  const { port = '8080', data = path.join(root, '.simulator'), fresh, open } = values
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw usageError(START, `--port must be a number from 0 to 65535, not ${port}.`)
  }
  if (data === '') throw usageError(START, '--data must name a folder.')
  return { port: Number(port), fresh, open, data }
}
