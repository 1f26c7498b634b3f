using System.Net;
using System.Net.Sockets;

namespace Callback.Receivers;

/// <summary>
/// Whether an address belongs to the public internet. Everything of the special-purpose registries (RFC 6890 and its updates) is not: otherwise a receiver could be
/// used to knock at machines beside this one.
/// </summary>
public static class PublicAddressPolicy
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Global unicast, less the parts of it that carry or stand for something else.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialInGlobal = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Special.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => Global.Contains(address) && !SpecialInGlobal.Any(network => network.Contains(address)),
            _ => false,
        };
    }
}
