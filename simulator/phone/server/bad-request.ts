/** A request that no phone sends; it is answered with `status`. */
export class BadRequestError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Returns `value` as the list of strings that it must be.
 * @throws BadRequestError
 */
export function strings(value: unknown): string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw new BadRequestError(400, 'A list of strings is expected')
}
