/** One request to the gateway, notification or action of a payer; never contains the key. */
export interface GatewayLogEntry {
  /** ms since 1970, by the simulated clock */
  at: number
  /** the endpoint, the kind of notification, or the action of a payer */
  endpoint: string
  out_trade_no?: string
  /** SUCCESS, FAIL, an err_code, or the code of a payer's problem */
  verdict: string
  /** the cause, for the developer */
  reason?: string
}

export type Log = (entry: GatewayLogEntry) => void
