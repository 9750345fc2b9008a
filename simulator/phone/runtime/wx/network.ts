import { networkStatus, onNetworkStatus } from '../network'
import { asyncApi } from './async-api'
import { listeners } from './listeners'

const statusChange = listeners('onNetworkStatusChange')
onNetworkStatus(statusChange.notify)

export const networkApi = {
  getNetworkType: asyncApi('getNetworkType', () => ({ networkType: networkStatus().networkType })),
  onNetworkStatusChange: statusChange.on,
  offNetworkStatusChange: statusChange.off,
}
