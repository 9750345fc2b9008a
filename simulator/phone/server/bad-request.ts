/** An invalid request, which no phone sends. The response has this `status`. */
export class BadRequestError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Checks that `value` is a list of strings, and returns it.
 * @throws BadRequestError
 */
export function strings(value: unknown): string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw new BadRequestError(400, 'A list of strings is expected')
}
