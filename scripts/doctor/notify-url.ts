import { BlockList, isIP } from 'node:net'
import { doubtful, right, wrong, type Finding } from './finding'

/** Addresses that no server outside can reach (RFC 1918, 4193, 6598, loopback and link-local). */
const unreachable = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  unreachable.addSubnet(net, prefix)
}
unreachable.addAddress('::1', 'ipv6')
unreachable.addSubnet('fc00::', 7, 'ipv6')
unreachable.addSubnet('fe80::', 10, 'ipv6')

/** Names that mean nothing outside: RFC 2606, RFC 6762, and those without a dot. */
const LOCAL_NAME = /^[^.]*$|(^|\.)(example|example\.(com|net|org)|test|invalid|localhost|local)$/

/**
 * Where WeChat sends notifications: payments are found without them too, only later.
 * @param path where pay-notify has its HTTP access, as config/example.js has it
 */
export function checkNotifyUrl(
  text: unknown,
  path: string,
  place: string,
  mend: string,
): Finding[] {
  if (typeof text !== 'string' || !URL.canParse(text)) {
    return [wrong(place, 'is no address', mend)]
  }
  const url = new URL(text)
  if (url.protocol !== 'https:') {
    return [
      wrong(place, 'must be https: over http anybody on the way can read and change it', mend),
    ]
  }
  if (isUnreachable(url.hostname.replace(/^\[|\]$/g, ''))) {
    return [wrong(place, 'names a host that WeChat cannot reach', mend)]
  }
  if (url.pathname !== path) {
    return [doubtful(place, `does not end with ${path}: is pay-notify there?`, mend)]
  }
  return [right(place, `is a public https address that ends with ${path}`)]
}

function isUnreachable(host: string): boolean {
  const version = isIP(host)
  if (version === 0) return LOCAL_NAME.test(host)
  return unreachable.check(host, version === 6 ? 'ipv6' : 'ipv4')
}
