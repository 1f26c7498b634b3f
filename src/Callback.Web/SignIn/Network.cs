using System.Net;
using System.Net.Sockets;
using Callback.Accounts;

namespace Callback.Web.SignIn;

/// <summary>Where a request comes from, as far as guessing is concerned: the address, or the /64 of an IPv6 address, which one household has whole.</summary>
internal static class Network
{
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    public static Place PlaceOf(HttpContext context) => new(Of(context), context.Request.Headers.UserAgent.ToString());

    internal static string Of(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return $"{new IPAddress(bytes)}/64";
    }
}
