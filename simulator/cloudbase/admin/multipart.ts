/**
 * Parses the fields of a multipart/form-data body (RFC 7578) as bytes, by name. Node's own
 * `Response.formData()` would decode them as text and corrupt the protobuf.
 */
export function parseMultipart(body: Buffer, contentType: string): Map<string, Buffer> {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? ''
  const fields = new Map<string, Buffer>()
  const delimiter = `\r\n--${boundary}`
  // With a line break before it, the first delimiter is the same as all others
  const text = Buffer.concat([Buffer.from('\r\n'), body])
  let start = text.indexOf(delimiter)
  while (start !== -1) {
    const end = text.indexOf(delimiter, start + delimiter.length)
    if (end === -1) break
    const part = text.subarray(start + delimiter.length, end)
    const blank = part.indexOf('\r\n\r\n')
    const name = /name="([^"]*)"/.exec(part.toString('latin1', 0, blank))?.[1]
    if (name !== undefined) fields.set(name, part.subarray(blank + 4))
    start = end
  }
  return fields
}
