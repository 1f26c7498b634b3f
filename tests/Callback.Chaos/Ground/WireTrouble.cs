using System.Net.Sockets;

namespace Callback.Chaos.Ground;

/// <summary>What a storm does to requests: nothing was heard, and whether it was done is not known.</summary>
internal static class WireTrouble
{
    /// <summary>Also the bare socket's exception, which HttpClient lets through where a connection breaks while it is being made.</summary>
    public static bool Is(Exception e) => e is HttpRequestException or TaskCanceledException or IOException or SocketException;
}
