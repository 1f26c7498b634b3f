using System.Collections.Frozen;

namespace Callback.Orders;

/// <summary>Which country of the North American plan an area code belongs to; those not listed are the United States.</summary>
internal static class NorthAmerica
{
    private const string CanadianCodes =
        """
        204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468
        474 506 514 519 548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867
        873 879 902 905 942
        """;

    private static readonly FrozenSet<string> Canada = CanadianCodes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    private const string Islands =
        """
        787-PR 939-PR 340-VI 671-GU 670-MP 684-AS 242-BS 246-BB 264-AI 268-AG 284-VG 345-KY 441-BM 473-GD
        649-TC 658-JM 876-JM 664-MS 721-SX 758-LC 767-DM 784-VC 809-DO 829-DO 849-DO 868-TT 869-KN
        """;

    private static readonly FrozenDictionary<string, string> Others = Islands
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenDictionary(island => island[..3], island => island[4..]);

    // They tell no place, so no zone can be read from them.
    private static readonly FrozenSet<string> NoPlace = new[] { "800", "833", "844", "855", "866", "877", "888", "900" }.ToFrozenSet();

    /// <returns>'US-212', 'CA-416', a country alone for islands, or null for numbers that tell no place.</returns>
    public static string? Region(string areaCode)
    {
        if (NoPlace.Contains(areaCode))
            return null;
        if (Others.TryGetValue(areaCode, out var country))
            return country;
        return (Canada.Contains(areaCode) ? "CA-" : "US-") + areaCode;
    }
}
