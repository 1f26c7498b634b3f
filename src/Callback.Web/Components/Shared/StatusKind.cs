namespace Callback.Web.Components.Shared;

/// <summary>What a colour means, everywhere the same.</summary>
public enum StatusKind
{
    Neutral,
    Info,
    Good,
    Warning,
    Danger,
}

internal static class StatusKinds
{
    public static string Css(this StatusKind kind) => kind switch
    {
        StatusKind.Info => "is-info",
        StatusKind.Good => "is-good",
        StatusKind.Warning => "is-warning",
        StatusKind.Danger => "is-danger",
        _ => "is-neutral",
    };

    public static string Icon(this StatusKind kind) => kind switch
    {
        StatusKind.Good => "circle-check",
        StatusKind.Warning => "alert-triangle",
        StatusKind.Danger => "alert-octagon",
        _ => "info-circle",
    };

    public static StatusKind Of(OrderStatus status) => status switch
    {
        OrderStatus.Unpaid => StatusKind.Warning,
        OrderStatus.Paid or OrderStatus.Shipped => StatusKind.Info,
        OrderStatus.Delivered => StatusKind.Good,
        _ => StatusKind.Neutral,
    };
}
