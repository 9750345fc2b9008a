import path from 'node:path'
import { asn1, pkcs12, type pki } from 'node-forge'
import type { Diagnostic } from '../../../project/diagnostic'
import { errorAt, okAt, warningAt } from '../check'
import { type FunctionConfig, valueOf } from './function-config'

/** What a merchant's apiclient_cert.p12 holds. */
export interface Certificate {
  /** the subject's CN: WeChat writes the merchant number there */
  commonName: string
  /** ms since 1970 */
  notBefore: number
  notAfter: number
  hasPrivateKey: boolean
}

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

const DAY = 24 * 3_600_000
/** Only the merchant's administrator can renew it, so the warning comes a month ahead. */
const SOON = 30 * DAY

/**
 * Checks the certificate that refunds need. The function must be able to open it.
 * @param where the setting P12
 * @param renew how to get a new certificate
 */
export function checkCertificate(
  {
    certificate,
    pay,
    now,
  }: { certificate: Certificate | undefined; pay: FunctionConfig<unknown>; now: number },
  where: string,
  renew: string,
): Diagnostic {
  const file = String(valueOf(pay, 'P12'))
  if (path.isAbsolute(file) || path.normalize(file).startsWith('..')) {
    const problem = "is outside the function's folder, and only that folder is uploaded"
    return errorAt(where, problem, 'put it into cloudfunctions/pay/config')
  }
  if (!certificate) {
    const fix = `openssl pkcs12 -nokeys -in ${file} | openssl x509 -noout -subject -enddate`
    return warningAt(where, 'opens, but its certificate cannot be read: check it yourself', fix)
  }
  const { commonName, notBefore, notAfter } = certificate
  if (commonName !== valueOf(pay, 'MCHID')) {
    return errorAt(where, 'was issued to another merchant number than MCHID', renew)
  }
  if (notAfter <= now) {
    return errorAt(where, `expired on ${day(notAfter)}: every refund would fail`, renew)
  }
  if (notBefore > now) {
    const fix = 'set the clock of this computer; if it is right, wait until then'
    return errorAt(where, `is not valid before ${day(notBefore)}`, fix)
  }
  if (notAfter - now <= SOON) {
    return warningAt(where, `expires on ${day(notAfter)}; refunds fail after that`, renew)
  }
  return okAt(where, `is MCHID's certificate, valid until ${day(notAfter)}`)
}

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
