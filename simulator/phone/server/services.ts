import type {
  CallFunctionReply,
  DatabaseReply,
  DatabaseRequest,
  TempFileURLs,
} from '../../cloudbase/client-protocol'
import type {
  PaymentParams,
  PaymentPreview,
  PaymentResult,
  TemplateTitle,
} from '../protocol/program'

/**
 * What the phone's server asks of CloudBase and of WeChat Pay on a shopper's behalf. Calls of the
 * cloud reject with a ClientFailure (`{ errCode, errMsg }`), as the real wx.cloud does.
 */
export interface PhoneBackend {
  appid: string
  callFunction(shopper: number, name: string, data: unknown): Promise<CallFunctionReply>
  database(shopper: number, request: DatabaseRequest): Promise<DatabaseReply>
  tempFileURLs(shopper: number, fileIDs: string[]): Promise<TempFileURLs>
  /** absolute path of a stored file */
  storageFile(fileID: string): string | undefined
  previewPayment(shopper: number, params: PaymentParams): Promise<PaymentPreview>
  confirmPayment(shopper: number, params: PaymentParams): Promise<PaymentResult>
  /** the templates that there are among `ids` */
  subscribeTemplates(ids: string[]): TemplateTitle[]
  acceptSubscription(shopper: number, templateIds: string[]): Promise<void>
}
