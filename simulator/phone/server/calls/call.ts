import type { PhoneServices } from '../services'

/** The shopper who holds the phone, and what the server can reach for them. */
export interface Caller {
  openid: string
  services: PhoneServices
}

/**
 * Handles one call of the phone. The type of its first parameter is what the runtime must send, the
 * type that it returns is what the runtime receives, both as JSON. A request can come from any
 * program on this machine: the call checks what the services do not.
 * @throws BadRequestError for a request that the runtime does not send; a ClientFailure for one that
 * the cloud refuses
 */
export type Call = (request: never, caller: Caller) => unknown
