import { BlockList, isIP } from 'node:net'
import type { Diagnostic } from '../../../project/diagnostic'
import { errorAt, okAt, warningAt } from '../check'

/** Addresses that no server outside can reach (RFC 1918, 4193, 6598, loopback and link-local). */
const UNREACHABLE = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  UNREACHABLE.addSubnet(net, prefix)
}
UNREACHABLE.addAddress('::1', 'ipv6')
UNREACHABLE.addSubnet('fc00::', 7, 'ipv6')
UNREACHABLE.addSubnet('fe80::', 10, 'ipv6')

/** Host names that are only local: those of RFC 2606 and RFC 6762, and names without a dot. */
const LOCAL_NAME = /^[^.]*$|(^|\.)(example|example\.(com|net|org)|test|invalid|localhost|local)$/

/**
 * Checks the address to which WeChat sends notifications. Without them the shop still finds
 * payments, but later.
 * @param path the path of pay-notify's HTTP access, from config/example.js
 * @param where the setting NOTIFY_URL
 */
export function checkNotifyUrl(
  text: unknown,
  path: string,
  where: string,
  fix: string,
): Diagnostic {
  if (typeof text !== 'string' || !URL.canParse(text)) {
    return errorAt(where, 'is not an address', fix)
  }
  const url = new URL(text)
  if (url.protocol !== 'https:') {
    return errorAt(where, 'must be https: http can be read and changed on the way', fix)
  }
  if (isUnreachable(url.hostname.replace(/^\[|\]$/g, ''))) {
    return errorAt(where, 'names a host that WeChat cannot reach', fix)
  }
  if (url.pathname !== path) {
    return warningAt(where, `does not end with ${path}: is pay-notify there?`, fix)
  }
  return okAt(where, `is a public https address that ends with ${path}`)
}

function isUnreachable(host: string): boolean {
  const version = isIP(host)
  if (version === 0) return LOCAL_NAME.test(host)
  return UNREACHABLE.check(host, version === 6 ? 'ipv6' : 'ipv4')
}
