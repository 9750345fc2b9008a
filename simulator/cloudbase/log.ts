/** One line of what happened, for the terminal. Never a secret, and no whole document. */
export interface CloudLogEntry {
  /** ms since 1970, by the simulated clock */
  at: number
  source: 'function' | 'database' | 'message'
  /** of the function, collection or template */
  name: string
  text: string
}

export type Log = (entry: CloudLogEntry) => void
