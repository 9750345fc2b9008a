import { openDeveloperNotice } from '../../frame/developer-notice'
import { openPaymentSheet } from '../../frame/payment-sheet'
import type { PaymentRefusal } from '../../server/calls/payment'
import { callServer } from '../server'
import { ApiFailure, asyncApi, stringOption } from './async-api'

export const paymentApi = {
  requestPayment: asyncApi('requestPayment', async (options) => {
    const params = {
      timeStamp: stringOption(options, 'timeStamp'),
      nonceStr: stringOption(options, 'nonceStr'),
      package: stringOption(options, 'package'),
      signType: stringOption(options, 'signType', 'MD5'),
      paySign: stringOption(options, 'paySign'),
    }
    const preview = await callServer('payment/preview', params)
    if (!preview.ok) return refuse(preview)
    if (!(await openPaymentSheet(preview))) throw new ApiFailure('cancel')
    const result = await callServer('payment/confirm', params)
    return result.ok ? {} : refuse(result)
  }),
}

async function refuse({ reason, detail }: PaymentRefusal): Promise<never> {
  await openDeveloperNotice(reason, detail)
  throw new ApiFailure(reason)
}
