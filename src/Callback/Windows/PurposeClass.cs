namespace Callback.Windows;

/// <summary>How the law looks at a call: about the customer's own order, a survey, or an offer.</summary>
public enum PurposeClass
{
    Service,
    Survey,
    Marketing,
}

/// <summary>Which class a purpose is of. A campaign that offers more than the order needs would be marketing; none of the shipped purposes does.</summary>
public static class PurposeClasses
{
    public static PurposeClass ClassOf(Purpose purpose) => purpose switch
    {
        Purpose.DeliveryCallBack or Purpose.ResolutionCheck => PurposeClass.Survey,
        _ => PurposeClass.Service,
    };
}
