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
    Scripts,

    /// <summary>Everybody's tasks. Approving and assigning need a key that was made for a manager.</summary>
    Tasks,
}

/// <summary>Which permissions a scope carries. None of them reveals a number or exports the log.</summary>
public static class KeyScopes
{
    private static readonly FrozenDictionary<KeyScope, FrozenSet<Permission>> ByScope = new Dictionary<KeyScope, FrozenSet<Permission>>
    {
        [KeyScope.Orders] = [Permission.ViewOrders, Permission.ImportOrders, Permission.ReportCases],
        [KeyScope.Desk] = [Permission.TakeCalls, Permission.ViewOwnLog, Permission.ViewTasks],
        [KeyScope.Log] = [Permission.ViewLog, Permission.ViewOwnLog, Permission.ViewTasks],
        [KeyScope.Campaigns] = [Permission.ViewQueue, Permission.EditCampaigns],
        [KeyScope.Suppressions] = [Permission.EditSuppressions],
        [KeyScope.Scripts] = [Permission.EditCallScripts],
        [KeyScope.Tasks] = [Permission.ViewTasks, Permission.ManageTasks],
    }.ToFrozenDictionary();

    /// <param name="scopes">Of the key.</param>
    /// <param name="person">The roles of whom the key was made for: somebody must be at the phone to take calls, and a manager has to say yes to what is above a limit.</param>
    public static FrozenSet<Permission> PermissionsOf(IEnumerable<KeyScope> scopes, IReadOnlyCollection<Role> person) =>
        scopes.SelectMany(scope => ByScope[scope]).Where(permission => Needs(permission) is not { } role || person.Contains(role)).ToFrozenSet();

    private static Role? Needs(Permission permission) => permission switch
    {
        Permission.TakeCalls => Role.Agent,
        Permission.ManageTasks => Role.Manager,
        _ => null,
    };
}
