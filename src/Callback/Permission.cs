using System.Collections.Frozen;

namespace Callback;

/// <summary>What a use case asks for before it does anything.</summary>
public enum Permission
{
    TakeCalls,
    ViewOrders,
    ImportOrders,
    ReportCases,
    ViewQueue,
    EditCampaigns,
    EditSuppressions,
    EditCallScripts,
    ViewOwnLog,
    ViewLog,
    ExportLog,
    RevealPhone,
    CorrectResult,
    RequestRelease,
    ApproveRelease,
    ViewTasks,

    /// <summary>Sees and hands out everybody's tasks, decides on what is above somebody's limit, and says which promises the shop makes.</summary>
    ManageTasks,

    /// <summary>Sees the course results of the shop's agents and asks for a course before calls are handed out.</summary>
    ManageTraining,

    /// <summary>Listens to a running call, whispers to its agent, joins it, or takes it over.</summary>
    SuperviseCalls,

    /// <summary>Hears what was recorded.</summary>
    PlayRecordings,

    /// <summary>Says how lines are used: the provider's account, the numbers customers see, agents' phones, recording.</summary>
    ManageLines,
    ManageUsers,
    ManageShops,
    ManageKeys,
    ViewAudit,
    ViewHealth,
}

/// <summary>Which role may do what: the one table, shown on the help page and held against every endpoint by a test.</summary>
public static class Permissions
{
    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> ByRole = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Agent] = [Permission.TakeCalls, Permission.ViewOwnLog, Permission.ViewTasks],
        [Role.Scheduler] =
        [
            Permission.ViewOrders, Permission.ImportOrders, Permission.ReportCases, Permission.ViewQueue, Permission.EditCampaigns, Permission.EditSuppressions,
            Permission.EditCallScripts, Permission.RequestRelease,
        ],
        [Role.Manager] =
        [
            Permission.ViewOrders, Permission.ReportCases, Permission.ViewQueue, Permission.EditSuppressions, Permission.ViewOwnLog, Permission.ViewLog, Permission.ExportLog,
            Permission.RevealPhone, Permission.CorrectResult, Permission.RequestRelease, Permission.ApproveRelease, Permission.ViewTasks, Permission.ManageTasks,
            Permission.EditCallScripts, Permission.ManageTraining, Permission.SuperviseCalls, Permission.PlayRecordings,
        ],
        [Role.Admin] = [Permission.ManageLines, Permission.ManageUsers, Permission.ManageShops, Permission.ManageKeys, Permission.ViewAudit, Permission.ViewHealth],
    }.ToFrozenDictionary();

    public static FrozenSet<Permission> Of(Role role) => ByRole[role];
}
