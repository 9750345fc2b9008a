/**
 * The deployer's settings. The simulator runs the phone with the values in simulator.json instead.
 */

/** The id of the CloudBase environment; empty for the default one. */
export const env: string = ''

/**
 * The ids of the subscribe message templates that a shopper is asked to allow before paying: the
 * template of the "paid" message, which the function `pay-message` sends. At most 3
 * (wx.requestSubscribeMessage); leave it empty to send no messages.
 */
export const templateIds: string[] = []
