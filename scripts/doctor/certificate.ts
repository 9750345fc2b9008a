import path from 'node:path'
import type { Configuration } from './configuration'
import { doubtful, right, wrong, type Finding } from './finding'
import { valueOf } from './settings'

const DAY = 24 * 3_600_000
/** Renewing takes the merchant's administrator; a month is time enough. */
const SOON = 30 * DAY

/**
 * What refunds are asked for with, once the function can open it.
 * @param again how to get a new one
 */
export function checkCertificate(
  { certificate, pay, now }: Configuration,
  place: string,
  again: string,
): Finding[] {
  const file = String(valueOf(pay, 'P12'))
  if (path.isAbsolute(file) || path.normalize(file).startsWith('..')) {
    const text = "lies outside the function's folder, which is all that is uploaded"
    return [wrong(place, text, 'put it into cloudfunctions/pay/config')]
  }
  if (!certificate) {
    const mend = `openssl pkcs12 -nokeys -in ${file} | openssl x509 -noout -subject -enddate`
    return [doubtful(place, 'opens, but says nothing of whose it is: look yourself', mend)]
  }
  const { commonName, notBefore, notAfter } = certificate
  if (commonName !== valueOf(pay, 'MCHID')) {
    return [wrong(place, 'was issued to another merchant number than MCHID', again)]
  }
  if (notAfter <= now) {
    return [wrong(place, `expired on ${day(notAfter)}: every refund would fail`, again)]
  }
  if (notBefore > now) {
    const mend = 'set the clock of this computer; if it is right, wait until then'
    return [wrong(place, `is not valid before ${day(notBefore)}`, mend)]
  }
  if (notAfter - now <= SOON) {
    return [doubtful(place, `expires on ${day(notAfter)}; refunds fail after that`, again)]
  }
  return [right(place, `is MCHID's certificate, valid until ${day(notAfter)}`)]
}

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
