/** The part of wx-js-utils 1.0.0 that is used. Importing only this module leaves tcb-admin-node out. */
declare module 'wx-js-utils/src/libs/WXPay' {
  type Request = Readonly<Record<string, string>>

  export class WXPay {
    constructor(config: {
      appId: string
      mchId: string
      key: string
      certFileContent: Buffer
      /** ms without a byte, not in total */
      timeout: number
      signType: 'MD5' | 'HMAC-SHA256'
      useSandbox: boolean
    })
    /** Each call resolves to the reply's elements, or rejects with an error that may contain the XML. */
    unifiedOrder(request: Request): Promise<unknown>
    orderQuery(request: Request): Promise<unknown>
    closeOrder(request: Request): Promise<unknown>
    refund(request: Request): Promise<unknown>
    refundQuery(request: Request): Promise<unknown>
    /** Parses every reply, and checks its signature unless return_code is FAIL. */
    processResponseXml(xml: string): Promise<unknown>
  }

  export const WXPayUtil: {
    generateSignature(fields: Request, key: string, signType: 'MD5' | 'HMAC-SHA256'): string
  }
}
