/** What the sample account has in one region beside its EIPs: one of everything that the terminal can be asked for. */
export const besideEips = (regionID: string) => ({
  sharedBandwidths: [{ regionID, id: 'bandwidth-sample01', name: '共享带宽-办公', bandwidth: 50, expireAt: '+20d' }],
  ipv6Bandwidths: [
    {
      ...{ regionID, id: 'bandwidth-sample06', name: 'ipv6-官网', bandwidth: 10, expiredTime: '+12d' },
      ...{ ipAddress: '2001:db8::10', ipv6GatewayID: 'ipv6gw-sample01' },
    },
  ],
  ipv6s: [
    { regionID, ID: 'ipv6-sample01', ipAddress: '2001:db8::10', bandwidthID: 'bandwidth-sample06' },
    { regionID, ID: 'ipv6-sample02', ipAddress: '2001:db8::11' },
  ],
  flowPackages: [{ regionID, id: 'sdp-sample01', totalVolumn: '500', leftVolumn: '42', price: '200.00' }],
  ipv4Gateways: [{ regionID, id: 'igw-sample01', name: 'igw', routeTableID: 'rtb-sample01' }],
  ipv6Gateways: [{ regionID, ipv6GatewayID: 'ipv6gw-sample01', name: 'ipv6gw' }],
});
