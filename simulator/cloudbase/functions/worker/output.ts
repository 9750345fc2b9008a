type Write = typeof process.stdout.write

/** Passes all printed text to `print`, immediately and in order, instead of the terminal. */
export function captureOutput(print: (text: string) => void): void {
  const write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    print(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
    const done = rest.find((argument) => typeof argument === 'function')
    done?.()
    return true
  }) as Write
  process.stdout.write = write
  process.stderr.write = write
}
