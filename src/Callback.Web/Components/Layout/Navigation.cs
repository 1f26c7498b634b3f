namespace Callback.Web.Components.Layout;

/// <summary>One place to go to.</summary>
/// <param name="Path">Its address; pages below it belong to it too.</param>
/// <param name="Text">Key of its name.</param>
/// <param name="Icon">Name of a Tabler icon.</param>
/// <param name="Needs">Shown to those who have one of these; nobody's: shown to all.</param>
internal sealed record NavigationItem(string Path, string Text, string Icon, params IReadOnlyList<Permission> Needs)
{
    public bool IsFor(Viewer viewer) => Needs.Count == 0 || Needs.Any(viewer.May);

    public bool Holds(string path) => path == Path || path.StartsWith(Path + "/", StringComparison.Ordinal) || path.StartsWith(Path + "?", StringComparison.Ordinal);
}

internal sealed record NavigationGroup(string Text, IReadOnlyList<NavigationItem> Items);

/// <summary>The whole map of the product, in the order of a working day; everybody sees their part of it.</summary>
internal static class Navigation
{
    public static readonly IReadOnlyList<NavigationGroup> Groups =
    [
        new("nav.calling",
        [
            new("/desk", "nav.desk", "headset", Permission.TakeCalls),
            new("/calls", "nav.calls", "broadcast", Permission.SuperviseCalls),
            new("/practice", "nav.practice", "school", Permission.TakeCalls),
        ]),
        new("nav.planning",
        [
            new("/queue", "nav.queue", "list-numbers", Permission.ViewQueue),
            new("/campaigns", "nav.campaigns", "target-arrow", Permission.ViewQueue),
            new("/scripts", "nav.scripts", "message-2", Permission.EditCallScripts),
            new("/policies", "nav.policies", "clock-check", Permission.ViewQueue),
            new("/orders", "nav.orders", "shopping-bag", Permission.ViewOrders),
            new("/imports", "nav.imports", "file-import", Permission.ImportOrders),
            new("/suppressions", "nav.suppressions", "phone-off", Permission.EditSuppressions),
        ]),
        new("nav.after",
        [
            new("/log", "nav.log", "history", Permission.ViewLog, Permission.ViewOwnLog),
            new("/tasks", "nav.tasks", "checklist", Permission.ViewTasks),
            new("/releases", "nav.releases", "phone-pause", Permission.RequestRelease),
            new("/registers", "nav.registers", "notebook", Permission.ViewLog),
            new("/training", "nav.training", "certificate", Permission.ManageTraining),
        ]),
        new("nav.installation",
        [
            new("/users", "nav.users", "users", Permission.ManageUsers),
            new("/shops", "nav.shops", "building-store", Permission.ManageShops),
            new("/lines", "nav.lines", "phone-call", Permission.ManageLines),
            new("/keys", "nav.keys", "key", Permission.ManageKeys),
            new("/receivers", "nav.receivers", "webhook", Permission.ManageKeys),
            new("/audit", "nav.audit", "shield-check", Permission.ViewAudit),
            new("/health", "nav.health", "heartbeat", Permission.ViewHealth),
        ]),
    ];

    /// <summary>Where a day begins: at the desk, in the queue, in the log, or among the users.</summary>
    public static string HomeOf(Viewer viewer) =>
        viewer.May(Permission.TakeCalls) ? "/desk"
        : viewer.May(Permission.EditCampaigns) ? "/queue"
        : viewer.May(Permission.ViewLog) ? "/log"
        : viewer.May(Permission.ManageUsers) ? "/users"
        : "/help";

    public static IEnumerable<NavigationGroup> For(Viewer viewer) => Groups
        .Select(group => group with { Items = [.. group.Items.Where(item => item.IsFor(viewer))] })
        .Where(group => group.Items.Count > 0);
}
