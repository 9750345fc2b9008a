import { existsSync } from 'node:fs'
import path from 'node:path'
import {
  copyConfiguration,
  sharedFiles,
} from '../../../../scripts/checks/configuration/shared-configuration'
import { filesIn } from '../../../../scripts/checks/project-files'
import { ConfiguredCheckout, MCHID } from '../../../support/configured-checkout'

let checkout: ConfiguredCheckout

beforeEach(async () => {
  checkout = await ConfiguredCheckout.create(Buffer.from('certificate'))
})
afterEach(() => checkout.destroy())

const configOf = (name: string) => path.join(checkout.folder, 'cloudfunctions', name, 'config')

/** Builds, and returns the files in the function's config folder. */
function built(name: string, env: NodeJS.ProcessEnv = {}): string[] {
  copyConfiguration(checkout.folder, env)
  return filesIn(configOf(name))
}

describe.each(['pay-notify', 'pay-reconcile'])('the configuration of %s', (name) => {
  test('has only the files that pay reads', () => {
    checkout.write('cloudfunctions/pay/config/apiclient_key.pem', 'secret')
    expect(built(name)).toEqual(['apiclient_cert.p12', 'index.js'])
  })

  test('replaces the files that were there before', () => {
    checkout.write(`cloudfunctions/${name}/config/apiclient_key.pem`, 'secret')
    expect(built(name)).toEqual(['apiclient_cert.p12', 'index.js'])
  })

  test('has the certificate that P12 names', () => {
    checkout.pay({ P12: 'of/2026.p12' })
    checkout.write('cloudfunctions/pay/config/of/2026.p12', 'certificate')
    expect(built(name)).toEqual(['index.js', 'of/2026.p12'])
  })

  test('has the certificate that WXPAY_P12 names, from the function’s folder', () => {
    checkout.pay({ P12: 'of/2026.p12' })
    const env = { WXPAY_MCHID: MCHID, WXPAY_P12: 'config/apiclient_cert.p12' }
    expect(built(name, env)).toEqual(['apiclient_cert.p12', 'index.js'])
  })

  test('is gone when pay has none', () => {
    checkout.remove('cloudfunctions/pay/config/index.js')
    checkout.remove('cloudfunctions/pay/config/apiclient_cert.p12')
    copyConfiguration(checkout.folder, {})
    expect(existsSync(configOf(name))).toBe(false)
  })
})

test('the build leaves the configuration of pay-message as it is', () => {
  expect(built('pay-message')).toEqual(['example.js', 'index.js'])
})

test.each(['', '.', '../../../elsewhere.p12'])('P12 = “%s” is not a file to share', (P12) => {
  checkout.pay({ P12 })
  checkout.write('elsewhere.p12', 'certificate')
  expect(sharedFiles(checkout.folder, {})).toEqual(['index.js'])
})
