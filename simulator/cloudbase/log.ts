/** One log line for the terminal. Contains neither a secret nor a whole document. */
export interface CloudLogEntry {
  /** ms since 1970, by the simulated clock */
  at: number
  source: 'function' | 'database' | 'message'
  /** the name of the function, collection or template */
  name: string
  text: string
}

export type Log = (entry: CloudLogEntry) => void
