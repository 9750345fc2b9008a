import path from 'node:path'
import { asn1, pkcs12, pki } from 'node-forge'
import type { Configuration } from './configuration'
import { doubtful, right, wrong, type Finding } from './finding'
import { valueOf } from './settings'

/** What a merchant's apiclient_cert.p12 holds. */
export interface Certificate {
  /** the subject's CN: WeChat writes the merchant number there */
  commonName: string
  /** ms since 1970 */
  notBefore: number
  notAfter: number
  hasPrivateKey: boolean
}

const DAY = 24 * 3_600_000
/** Renewing takes the merchant's administrator; a month is time enough. */
const SOON = 30 * DAY

/** Opens a PKCS #12 file; undefined when it does not open or holds no RSA certificate. */
export function openCertificate(p12: Buffer, passphrase: string): Certificate | undefined {
  try {
    const opened = pkcs12.pkcs12FromAsn1(asn1.fromDer(p12.toString('binary')), passphrase)
    const bags = opened.safeContents.flatMap((content) => content.safeBags)
    const key = bags.find((bag) => bag.key)?.key
    const certificates = bags.flatMap((bag) => bag.cert ?? [])
    const certificate = certificates.find((one) => belongsTo(key, one)) ?? certificates[0]
    if (!certificate) return undefined
    return {
      commonName: String(certificate.subject.getField('CN')?.value ?? ''),
      notBefore: certificate.validity.notBefore.getTime(),
      notAfter: certificate.validity.notAfter.getTime(),
      hasPrivateKey: key !== undefined,
    }
  } catch {
    return undefined
  }
}

/** An RSA key and its certificate have the same modulus. */
function belongsTo(key: pki.PrivateKey | undefined, { publicKey }: pki.Certificate): boolean {
  return key !== undefined && 'n' in key && 'n' in publicKey && key.n.equals(publicKey.n)
}

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
