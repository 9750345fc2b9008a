/** One line about one request to the gateway or one tap of a payer; it never holds the key. */
export interface LogEntry {
  /** ms since 1970, by the simulated clock */
  at: number
  /** the service, or what a payer did */
  endpoint: string
  out_trade_no?: string
  /** SUCCESS, FAIL, an err_code, or what a payer was told */
  verdict: string
  /** the cause in the developer's words, where the verdict does not say it */
  reason?: string
}

export type Log = (entry: LogEntry) => void
