import { channel } from 'node:diagnostics_channel'

const errors = channel('shop.error')

/**
 * Publishes an error that the function handles itself. The log has only its code, because its message
 * may contain secrets. The simulator subscribes to the channel and prints the message and the stack;
 * in the cloud nothing does.
 */
export function publishError(error: unknown): void {
  errors.publish(error)
}
