/**
 * Calls `back` whenever the phone has a network again.
 * @returns a function that ends it
 */
export function onReconnect(back: () => void): () => void {
  // the typings give the two functions listeners of different kinds
  const listener = ({ isConnected }: { isConnected?: boolean; errMsg?: string }) => {
    if (isConnected) back()
  }
  wx.onNetworkStatusChange(listener)
  return () => wx.offNetworkStatusChange(listener)
}
