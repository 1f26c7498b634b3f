using System.Collections.Frozen;

namespace Callback.Accounts;

/// <summary>What a key opens of the API.</summary>
public enum KeyScope
{
    Orders,
    Desk,
    Log,
    Campaigns,
    Suppressions,
}

/// <summary>Which permissions a scope carries. None of them reveals a number or exports the log.</summary>
public static class KeyScopes
{
    private static readonly FrozenDictionary<KeyScope, FrozenSet<Permission>> ByScope = new Dictionary<KeyScope, FrozenSet<Permission>>
    {
        [KeyScope.Orders] = [Permission.ViewOrders, Permission.ImportOrders],
        [KeyScope.Desk] = [Permission.TakeCalls, Permission.ViewOwnLog, Permission.ViewTasks],
        [KeyScope.Log] = [Permission.ViewLog, Permission.ViewOwnLog, Permission.ViewTasks],
        [KeyScope.Campaigns] = [Permission.ViewQueue, Permission.EditCampaigns],
        [KeyScope.Suppressions] = [Permission.EditSuppressions],
    }.ToFrozenDictionary();

    /// <param name="scopes">Of the key.</param>
    /// <param name="hasAgent">A key without an agent takes no calls: somebody must be at the phone.</param>
    public static FrozenSet<Permission> PermissionsOf(IEnumerable<KeyScope> scopes, bool hasAgent) =>
        scopes.SelectMany(scope => ByScope[scope]).Where(permission => hasAgent || permission != Permission.TakeCalls).ToFrozenSet();
}
