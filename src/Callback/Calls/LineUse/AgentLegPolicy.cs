using System.Text.RegularExpressions;
using Callback.Calls.Bridges;
using Callback.Orders;

namespace Callback.Calls.LineUse;

/// <summary>What may be a person's own phone.</summary>
public static partial class AgentLegPolicy
{
    /// <param name="agent">Whose.</param>
    /// <param name="address">As it was typed; of no account for the browser.</param>
    /// <param name="country">Of the person's shop: how a number without its country is read.</param>
    /// <returns>The address as a line takes it and what is shown of it; or what is wrong: leg-phone-invalid, leg-sip-invalid.</returns>
    public static (string? Address, string Last4, Problem? Problem) Read(Guid agent, LegKind kind, string? address, string country) => kind switch
    {
        LegKind.Softphone => ($"client:{IdentityOf(agent)}", "", null),
        LegKind.Sip when Sip().Match(address?.Trim() ?? "") is { Success: true } sip => ($"sip:{sip.Groups["name"]}@{sip.Groups["host"]}", sip.Groups["host"].Value, null),
        LegKind.Sip => (null, "", Problem.Of("leg-sip-invalid", "address")),
        _ => PhoneParser.Parse(address ?? "", country).Number is { Extension: null } number
            ? (number.E164, number.Last4, null)
            : (null, "", Problem.Of("leg-phone-invalid", "address")),
    };

    /// <summary>What the browser signs in as: letters, digits and underscore.</summary>
    public static string IdentityOf(Guid agent) => $"agent_{agent:N}";

    [GeneratedRegex(@"\A(sip:)?(?<name>[A-Za-z0-9._+-]{1,64})@(?<host>[A-Za-z0-9.-]{1,128}(:[0-9]{1,5})?)\z")]
    private static partial Regex Sip();
}
