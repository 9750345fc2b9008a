import { onSettingChange, setting } from '../frame/settings'

/** ms that everything takes longer on a slow network */
const SLOWER = 4000

/** What the operating system calls a network that is not there. */
const NO_NETWORK = 'net::ERR_INTERNET_DISCONNECTED'

/** The phone is set to have no network. */
export class OfflineError extends Error {
  constructor() {
    super(NO_NETWORK)
  }
}

/**
 * What a request passes before it leaves the phone: it is held up on a slow network.
 * @throws OfflineError at once when there is no network, and when it goes away meanwhile
 */
export async function crossNetwork(): Promise<void> {
  if (setting('network') === 'slow') {
    await new Promise((resolve) => setTimeout(resolve, SLOWER))
  }
  if (setting('network') === 'offline') throw new OfflineError()
}

/** The network as wx.getNetworkType and wx.onNetworkStatusChange name it. */
export function networkStatus() {
  const isConnected = setting('network') !== 'offline'
  return { isConnected, networkType: isConnected ? 'wifi' : 'none' }
}

/** Calls `listener` when the phone goes offline and when it is back. */
export function onNetworkStatus(
  listener: (status: ReturnType<typeof networkStatus>) => void,
): void {
  let connected = networkStatus().isConnected
  onSettingChange('network', () => {
    const status = networkStatus()
    if (status.isConnected !== connected) listener(status)
    connected = status.isConnected
  })
}
