import { cpSync } from 'node:fs'
import { openMerchant } from '../../simulator/wechat-pay/merchant'
import { once } from './run/once'

/** Copies the merchant of this run of jest to a folder: new certificates take a second of work. */
export async function copyMerchant(folder: string): Promise<void> {
  cpSync(await once('merchant', openMerchant), folder, { recursive: true })
}
