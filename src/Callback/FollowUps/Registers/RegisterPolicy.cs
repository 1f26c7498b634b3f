using Callback.Calls;
using Callback.CallScripts;

namespace Callback.FollowUps.Registers;

/// <summary>What of a result belongs into the registers.</summary>
internal static class RegisterPolicy
{
    private const string ProductGroup = "product";

    private static readonly string[] CourierGroups = ["courier", "arrival"];

    private static readonly string[] CourierTasks = ["CourierChase"];

    /// <summary>The order the trouble is with: the one a task names, else the one the talk was about.</summary>
    public static CardOrder? OrderOf(IReadOnlyList<CardOrder> orders, IReadOnlyList<CheckedTask> tasks) =>
        orders.FirstOrDefault(order => tasks.Any(task => task.OrderNo == order.OrderNo)) ?? (orders.Count > 0 ? orders[0] : null);

    /// <summary>The reasons of the courier; a chase without one is a cause of its own.</summary>
    public static IReadOnlyList<string> CourierCauses(OutcomeCatalogue catalogue, IReadOnlyList<string> reasons, IReadOnlyList<CheckedTask> tasks)
    {
        var causes = reasons.Where(code => catalogue.FindReason(code) is { } reason && CourierGroups.Contains(reason.Group)).Distinct().ToList();
        return causes.Count > 0 ? causes : [.. tasks.Select(task => task.Kind).Where(CourierTasks.Contains).Distinct()];
    }

    public static IReadOnlyList<string> ProductCauses(OutcomeCatalogue catalogue, IReadOnlyList<string> reasons) =>
        [.. reasons.Where(code => catalogue.FindReason(code)?.Group == ProductGroup).Distinct()];
}
