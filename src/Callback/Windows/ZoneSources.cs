namespace Callback.Windows;

/// <summary>Everything that tells where a called party may be.</summary>
/// <param name="OrderZone">IANA id that came with the order; stands in place of the address.</param>
/// <param name="Country">ISO code of the address (two letters).</param>
/// <param name="Region">Province or state as the platform writes it: 浙江省, 浙江, Zhejiang, CA, California.</param>
/// <param name="Postcode">Decides in states that lie in two zones.</param>
/// <param name="PhoneRegion">ISO country of the number, with the area code where it tells a place: <c>CN</c>, <c>US-212</c>.</param>
/// <param name="ShopZone">Used where neither the order nor the number says anything.</param>
/// <param name="AssumeShopZone">False: saying nothing means unknown, and the shop's zone is not assumed.</param>
public sealed record ZoneSources(
    string? OrderZone,
    string? Country,
    string? Region,
    string? Postcode,
    string? PhoneRegion,
    string ShopZone,
    bool AssumeShopZone = true);
